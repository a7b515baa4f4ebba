import { createPlaces } from '../../../../src/api/http/admission/places';
import { workspaceId } from '../../../../src/core/ids';

const holder = (keyHash: string, workspace = 'shop') => ({
  keyHash,
  workspace: workspaceId(workspace),
});

describe('the places of a key', () => {
  it('are its own, and no more than there are', () => {
    const places = createPlaces({ ofKey: 2, ofWorkspace: 9 });

    const held = [places.occupy(holder('one')), places.occupy(holder('one'))];

    expect(held.every((release) => release !== undefined)).toBe(true);
    expect(places.occupy(holder('one'))).toBeUndefined();
    expect(places.occupy(holder('other'))).toBeDefined();
  });

  it('come back once each', () => {
    const places = createPlaces({ ofKey: 2, ofWorkspace: 9 });
    const release = places.occupy(holder('one'));
    places.occupy(holder('one'));

    release?.();
    release?.();

    expect(places.occupy(holder('one'))).toBeDefined();
    expect(places.occupy(holder('one'))).toBeUndefined();
  });
});

describe('the places of a workspace', () => {
  it('are shared by its keys', () => {
    const places = createPlaces({ ofKey: 2, ofWorkspace: 3 });
    places.occupy(holder('one'));
    places.occupy(holder('one'));

    const third = places.occupy(holder('other'));

    expect(places.occupy(holder('other'))).toBeUndefined();
    expect(places.occupy(holder('stranger', 'elsewhere'))).toBeDefined();
    third?.();
    expect(places.occupy(holder('another'))).toBeDefined();
  });

  it('cost a key none of its own where there are none', () => {
    const places = createPlaces({ ofKey: 1, ofWorkspace: 1 });
    const release = places.occupy(holder('one'));
    places.occupy(holder('other'));

    release?.();

    expect(places.occupy(holder('other'))).toBeDefined();
  });
});
