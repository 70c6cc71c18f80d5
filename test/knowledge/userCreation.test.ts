import { describe, expect, it } from 'vitest';
import { userCreation } from '../../server/src/knowledge/userCreation';

describe('making a user', () => {
  it('takes useradd where shadow is', () => {
    expect(userCreation({ userTools: 'shadow' }, 'app')).toBe(
      'groupadd --system app && useradd --system --gid app --create-home app',
    );
  });

  it('takes adduser of BusyBox', () => {
    expect(userCreation({ userTools: 'busybox' }, 'web')).toBe('addgroup -S web && adduser -S -G web web');
  });

  it('knows no way where neither is', () => {
    expect(userCreation({}, 'app')).toBeUndefined();
  });
});
