import { fieldsIn, listIn, partIn, textOf, type GatewayAnswer, type Protocol } from './protocol';

const path = /^\/v\d+\.\d\/(\d+)\/messages$/;
const number = /^\+[1-9][0-9]{6,14}$/;
const blankRow = /[\n\t]| {5,}/;

/**
 * JSON in and out, a bearer token, the codes of its errors. It knows no approved templates, so that
 * a message is shown by the field `preview`, or else by its values.
 */
export const whatsapp: Protocol = {
  path,
  read: ({ url, headers, body }) => {
    const [, from = ''] = path.exec(url) ?? [];
    const [scheme, account = ''] = (headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || account === '') {
      return whatsappFault(401, 190, 'Invalid OAuth access token');
    }
    const fields = fieldsIn(body);
    const { to, template, preview } = fields;
    const values = valuesIn(template);
    const shown = textOf(preview) || [nameIn(template), ...values].join('\n');
    return (
      fieldFault(fields) ??
      valueFault(values) ?? { provider: 'whatsapp', account, to: textOf(to), from, text: shown }
    );
  },
  accepted: (id, { to }) => ({
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to.slice(1) }],
      messages: [{ id: `wamid.${id}`, message_status: 'accepted' }],
    },
  }),
};

function fieldFault({
  messaging_product: product,
  to,
  type,
}: Readonly<Record<string, unknown>>): GatewayAnswer | undefined {
  if (product !== 'whatsapp' || type !== 'template') {
    return whatsappFault(400, 100, 'Invalid parameter');
  }
  if (number.test(textOf(to))) return undefined;
  return whatsappFault(400, 131009, 'Parameter value is not valid');
}

/** WhatsApp takes no empty value, and none with line breaks. */
function valueFault(values: readonly string[]): GatewayAnswer | undefined {
  if (values.includes('')) return whatsappFault(400, 131008, 'Required parameter is missing');
  if (!values.some((value) => blankRow.test(value))) return undefined;
  return whatsappFault(400, 132018, 'Param text cannot have new-line/tab characters');
}

function valuesIn(template: unknown): readonly string[] {
  return listIn(template, 'components')
    .flatMap((component) => listIn(component, 'parameters'))
    .map((parameter) => textOf(partIn(parameter, 'text')));
}

function nameIn(template: unknown): string {
  return textOf(partIn(template, 'name'));
}

/** An error as WhatsApp words it. */
export function whatsappFault(status: number, code: number, details: string): GatewayAnswer {
  const message = `(#${code}) ${details}`;
  const data = { messaging_product: 'whatsapp', details };
  return {
    status,
    body: { error: { message, type: 'OAuthException', code, error_data: data, fbtrace_id: 'A1' } },
  };
}
