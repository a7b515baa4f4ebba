/**
 * Programs that open mails or follow their links before a person does. Apple's and Yahoo's proxies
 * load every picture, and scanners look for malware. Gmail's proxy loads them once a person looks.
 */
const machines = [
  /^Mozilla\/5\.0$/,
  /YahooMailProxy/i,
  /barracuda|proofpoint|mimecast|safelinks|urlscan|virustotal|symantec|trendmicro/i,
  /\b(?:bot|crawler|spider|curl|wget|python-requests|go-http-client|headlesschrome)\b/i,
];

/** Says whether a user agent is that of a program which no person looks through. */
export function isMachine(userAgent: string): boolean {
  return machines.some((form) => form.test(userAgent));
}
