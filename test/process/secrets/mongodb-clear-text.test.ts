import { parseConfig, parseDevConfig } from '../../../src/process/config';

describe('a password for MongoDB', () => {
  it.each([
    'mongodb://itinera:secret@db.example.com/itinera',
    'mongodb://itinera:secret@127.0.0.1:27017,db.example.com:27017/itinera?replicaSet=rs0',
    'mongodb://itinera:p@ss:w@rd@10.0.0.7',
    'mongodb://itinera:secret@127.evil.example/itinera?appName=tls%3Dtrue',
  ])('attack 16: does not go out in clear to %s', (uri) => {
    expect(() => parseConfig({ MONGODB_URI: uri })).toThrow(/^MONGODB_URI: .*tls=true/m);
    expect(() => parseDevConfig({ MONGODB_URI: uri })).toThrow(/^MONGODB_URI: /m);
  });

  it.each([
    'mongodb://itinera:secret@db.example.com/itinera?tls=true',
    'mongodb://itinera:secret@db.example.com/itinera?replicaSet=rs0&ssl=true',
    'mongodb+srv://itinera:secret@db.example.com/itinera',
    'mongodb://itinera:secret@mongo/itinera?tls=false',
    'mongodb://itinera:secret@localhost:27017,[::1]:27018,127.0.0.1/itinera',
    'mongodb://db.example.com/itinera?appName=shop@example',
  ])('may go to %s', (uri) => {
    expect(parseConfig({ MONGODB_URI: uri }).mongodbUri).toBe(uri);
  });
});
