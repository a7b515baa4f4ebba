declare module 'maildev' {
  type MailDev = { listen(): Promise<void> };

  class MailDevServer implements MailDev {
    constructor(options: {
      smtp: number;
      web: number;
      ip: string;
      webIp: string;
      mailDirectory: string;
      silent: boolean;
    });
    listen(): Promise<void>;
  }

  export = MailDevServer;
}
