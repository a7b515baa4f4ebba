const picture =
  '{% if item.image_url %}<img src="{{ item.image_url }}" alt="" width="64" style="border-radius: 6px; display: block" />{% endif %}';

const row = (details: string, aside: string) => `<tr style="border-bottom: 1px solid #eeeae3">
  <td width="64" style="padding: 12px 16px 12px 0">${picture}</td>
  <td style="padding: 12px 0">${details}</td>
  <td align="right" style="padding: 12px 0 12px 16px; white-space: nowrap">${aside}</td>
</tr>`;

const section = (content: string) => `    <mj-section>
      <mj-column>
        <mj-text padding="8px 24px">${content}</mj-text>
      </mj-column>
    </mj-section>`;

/** A line bears its name and variant, else its sku. */
const assignTitle = '{% assign title = item.name | default: item.sku %}';
const variant = '{% if item.name and item.variant %}, {{ item.variant }}{% endif %}';
const name =
  assignTitle +
  '{% if item.url %}<a href="{{ item.url }}" style="color: #2b2b2b; font-weight: 600; text-decoration: none">{{ title }}</a>' +
  `{% else %}<b>{{ title }}</b>{% endif %}${variant}`;
const quantity = '{% if item.quantity and item.quantity != 1 %}{{ item.quantity }} × {% endif %}';
const price = '{{ item.price | money: entry.properties.currency }}';

const total =
  '{% assign total = entry.properties.total | default: entry.properties.value | default: entry.properties.revenue %}' +
  '{% if total %}<tr><td></td><td style="padding: 12px 0"><b>Total</b></td>' +
  '<td align="right" style="padding: 12px 0 12px 16px; white-space: nowrap"><b>{{ total | money: entry.properties.currency }}</b></td></tr>{% endif %}';

/**
 * The basket as it stands. It shows the first six products with prices, counts the rest, and gives
 * the total if it is known.
 */
export const basketList =
  section(`<table class="items" width="100%" cellpadding="0" cellspacing="0" style="border-collapse: collapse; font-size: 15px; line-height: 22px">
{% for item in entry.properties.products limit: 6 %}${row(name, `${quantity}${price}`)}{% endfor %}
${total}</table>
{% assign others = entry.properties.products.size | minus: 6 %}{% if others > 0 %}<p style="margin: 8px 0">and {{ others }} more</p>{% endif %}`);

/** At most three delivered products, each with the way to its review. */
export const reviewList =
  section(`<table class="items" width="100%" cellpadding="0" cellspacing="0" style="border-collapse: collapse; font-size: 15px; line-height: 22px">
{% for item in entry.properties.products limit: 3 %}{% assign review = item.review_url | default: item.url %}${row(
    `${assignTitle}<b>{{ title }}</b>${variant}`,
    '{% if review %}<a href="{{ review }}" style="color: #1f4d3a; font-weight: 600">Write a review</a>{% endif %}',
  )}{% endfor %}
</table>`);
