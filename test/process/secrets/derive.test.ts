import { deriveKey } from '../../../src/process/secrets/derive';

const hex = (...derived: Parameters<typeof deriveKey>) =>
  deriveKey(...derived).bytes.toString('hex');

describe('a key derived from a secret', () => {
  it('is the same for ever, or links and tags would change', () => {
    expect(deriveKey('secret', 'links').id).toBe('yQNoOy');
    expect(hex('secret', 'tags')).toBe(
      'e4d9852f8e44a4223f136c7a83fee8e60fc70241eb04381e1782f556c17807b4',
    );
  });

  it('differs for each use and each secret', () => {
    const keys = [hex('one', 'links'), hex('one', 'tags'), hex('two', 'links'), hex('two', 'tags')];

    expect(new Set(keys).size).toBe(4);
  });
});
