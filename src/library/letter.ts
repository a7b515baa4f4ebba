type Letter = Readonly<{
  /** The line an inbox shows beside the subject. */
  preheader: string;
  /** Sections of MJML, in order. */
  body: readonly string[];
  footer: string;
}>;

/**
 * The frame of every built-in e-mail. It has one column, system fonts and no image of its own, and
 * is readable on a phone.
 */
export function letter({ preheader, body, footer }: Letter): string {
  return `<mjml lang="en">
  <mj-head>
    <mj-preview>${preheader}</mj-preview>
    <mj-attributes>
      <mj-all font-family="-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif" />
      <mj-text color="#2b2b2b" font-size="16px" line-height="25px" padding="8px 24px" />
      <mj-section background-color="#ffffff" padding="0" />
      <mj-button background-color="#1f4d3a" color="#ffffff" border-radius="6px" font-size="16px" font-weight="600" inner-padding="14px 28px" padding="16px 24px" align="left" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f4f2ee" width="560px">
    <mj-section padding="28px 0 8px">
      <mj-column><mj-text font-size="18px" font-weight="600" color="#1f4d3a">{{ workspace.name }}</mj-text></mj-column>
    </mj-section>
${body.join('\n')}
    <mj-section padding="16px 0 28px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#e4e0d8" padding="8px 24px" />
        <mj-text font-size="13px" line-height="20px" color="#6b6b6b">${footer}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}

export function paragraphs(...texts: readonly string[]): string {
  const content = texts.map((text) => `<p style="margin: 0 0 14px">${text}</p>`).join('\n');
  return `    <mj-section>
      <mj-column><mj-text>${content}</mj-text></mj-column>
    </mj-section>`;
}

/** A button, left out where there is no address to lead to. */
export function button(label: string, url: string): string {
  return `    <mj-raw>{% assign target = ${url} %}{% if target %}</mj-raw>
    <mj-section>
      <mj-column><mj-button href="{{ target }}">${label}</mj-button></mj-column>
    </mj-section>
    <mj-raw>{% endif %}</mj-raw>`;
}

export const greeting =
  '{% assign other_name = contact.traits.first_name | as_name %}' +
  '{% assign first_name = contact.traits.firstName | as_name | default: other_name %}' +
  '{% if first_name %}Hi {{ first_name }},{% else %}Hello,{% endif %}';

const sender =
  '{{ workspace.name }}{% if workspace.postalAddress %}, {{ workspace.postalAddress }}{% endif %}';

export const marketingFooter =
  `${sender}<br />You receive this e-mail because you agreed to hear from us. ` +
  '<a href="{{ links.unsubscribe }}" style="color: #6b6b6b">Unsubscribe</a>';

export const serviceFooter =
  `${sender}<br />You receive this one message because you left a basket with us. ` +
  '<a href="{{ links.unsubscribe }}" style="color: #6b6b6b">Do not send me such messages</a>';
