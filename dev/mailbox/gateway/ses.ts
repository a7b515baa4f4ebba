import {
  addressIn,
  fieldsIn,
  listIn,
  partIn,
  textOf,
  type GatewayAnswer,
  type Protocol,
} from './protocol';

const signature =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/[a-z0-9-]+\/ses\/aws4_request, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}$/;

/** JSON in and out, a signature of version 4, the name of an error in a header. */
export const ses: Protocol = {
  path: /^\/v2\/email\/outbound-emails$/,
  read: ({ headers, body }) => {
    const [, account] = signature.exec(headers.authorization ?? '') ?? [];
    if (account === undefined) {
      return sesFault(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const { FromEmailAddress, Destination, Content } = fieldsIn(body);
    const [recipient = '', ...others] = listIn(Destination, 'ToAddresses').map(textOf);
    if (!recipient.includes('@') || others.length > 0) {
      return sesFault(400, 'BadRequestException', 'Illegal address');
    }
    const simple = partIn(Content, 'Simple');
    const content = partIn(simple, 'Body');
    const named = listIn(simple, 'Headers').map((each) => [
      textOf(partIn(each, 'Name')),
      textOf(partIn(each, 'Value')),
    ]);
    return {
      provider: 'ses',
      account,
      to: recipient,
      from: addressIn(textOf(FromEmailAddress)),
      subject: dataIn(simple, 'Subject'),
      text: dataIn(content, 'Text'),
      html: dataIn(content, 'Html'),
      headers: Object.fromEntries(named) as Readonly<Record<string, string>>,
    };
  },
  accepted: (id) => ({ status: 200, body: { MessageId: id } }),
};

function dataIn(value: unknown, name: string): string {
  return textOf(partIn(partIn(value, name), 'Data'));
}

/** An error as Amazon SES words it. */
export function sesFault(status: number, name: string, message: string): GatewayAnswer {
  return { status, body: { message }, headers: { 'x-amzn-ErrorType': name } };
}
