/** The permissions that exactly these settings need in Coze's console. */
import {
  type Feature,
  FEATURE_NAMES,
  type FeatureName,
  FEATURES,
  listPoints,
  PERMISSION_GROUPS,
  type PermissionGroup,
} from '../../../src/cli/doctor/permissions.js';
import { CONTROLS } from '../settings/control.js';
import type { Settings } from '../settings/settings.js';

export interface PermissionRow {
  /** The group's name in the console, and in English. */
  readonly group: (typeof PERMISSION_GROUPS)[PermissionGroup];
  readonly points: readonly string[];
}

export function listFeatures(settings: Settings): readonly FeatureName[] {
  return FEATURE_NAMES.filter((name) => isOn(FEATURES[name], settings));
}

export function listPermissions(settings: Settings): readonly PermissionRow[] {
  const byGroup = new Map<PermissionGroup, string[]>();
  for (const point of listPoints(listFeatures(settings))) {
    const [group, key = ''] = point.split('.') as [PermissionGroup, string];
    byGroup.set(group, [...(byGroup.get(group) ?? []), key]);
  }
  return [...byGroup].map(([group, points]) => ({ group: PERMISSION_GROUPS[group], points }));
}

/** The table names a feature's switch: a setting, or a prefix of settings. */
function isOn({ isDefault, switchedBy }: Feature, { values }: Settings): boolean {
  if (switchedBy === undefined) return isDefault;
  if (isDefault) return values[switchedBy] !== 'false';
  return [...CONTROLS.values()].some(({ name, kind }) => {
    const isMeant = name === switchedBy || name.startsWith(`${switchedBy}.`);
    const value = values[name];
    // Where an option has a `shown` switch, as feedback does, a string option does not switch the feature on.
    return isMeant && value !== undefined && value !== 'false' && (kind === 'flag' || !CONTROLS.has(`${switchedBy}.shown`));
  });
}
