import { ownEnvironment } from '../../../dev/demo/own-environment';

describe('environment of the demo', () => {
  it('names no server that others use, and keeps the rest', () => {
    const env = {
      PATH: '/usr/bin',
      ITINERA_CACHE_DIR: 'cache',
      EMAIL_URL: 'resend://re_1@api.resend.com',
      SMTP_URL: 'smtp://mail.example.com:25',
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      LOG_LEVEL: 'trace',
    };
    const own = ownEnvironment(env, 'demo');

    expect(own).toStrictEqual({ PATH: '/usr/bin', ITINERA_CACHE_DIR: 'cache', LOG_LEVEL: 'warn' });
  });

  it.each([
    ['mongodb://db.example.com/itinera', 'mongodb://db.example.com/demo'],
    ['mongodb://a:1,b:2', 'mongodb://a:1,b:2/demo'],
    ['mongodb://a:1,b:2/?replicaSet=rs0', 'mongodb://a:1,b:2/demo?replicaSet=rs0'],
    ['mongodb+srv://u:p@a.example.com', 'mongodb+srv://u:p@a.example.com/demo?authSource=admin'],
    ['mongodb://u:p@a:1/own', 'mongodb://u:p@a:1/demo?authSource=own'],
    ['mongodb://u:p@a:1/own?authSource=x', 'mongodb://u:p@a:1/demo?authSource=x'],
  ])('fault 25: goes to %s in a database of its own', (uri, expected) => {
    expect(ownEnvironment({ MONGODB_URI: uri }, 'demo')).toMatchObject({ MONGODB_URI: expected });
  });
});
