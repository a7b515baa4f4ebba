import { ownEnvironment } from '../../../dev/demo/own-environment';

describe('environment of the demo', () => {
  it('names no server that others use, and keeps the rest', () => {
    const own = ownEnvironment({
      PATH: '/usr/bin',
      ITINERA_CACHE_DIR: 'cache',
      SMTP_URL: 'smtp://mail.example.com:25',
      MONGODB_URI: 'mongodb://db.example.com/itinera',
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      LOG_LEVEL: 'trace',
    });

    expect(own).toStrictEqual({ PATH: '/usr/bin', ITINERA_CACHE_DIR: 'cache', LOG_LEVEL: 'warn' });
  });
});
