import { createPlaces } from '../../../../src/api/http/admission/places';

describe('the places of a key', () => {
  it('are its own, and no more than there are', () => {
    const places = createPlaces(2);

    const held = [places.occupy('one'), places.occupy('one')];

    expect(held.every((release) => release !== undefined)).toBe(true);
    expect(places.occupy('one')).toBeUndefined();
    expect(places.occupy('other')).toBeDefined();
  });

  it('come back once each', () => {
    const places = createPlaces(2);
    const release = places.occupy('one');
    places.occupy('one');

    release?.();
    release?.();

    expect(places.occupy('one')).toBeDefined();
    expect(places.occupy('one')).toBeUndefined();
  });
});
