/** What has to be ticked in Coze's console for exactly these settings. */
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
  /** As the console calls it, and in English. */
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

/** As the table says what switches it: a setting, or any below it. */
function isOn({ isDefault, switchedBy }: Feature, { values }: Settings): boolean {
  if (switchedBy === undefined) return isDefault;
  if (isDefault) return values[switchedBy] !== 'false';
  return [...CONTROLS.values()].some(({ name, kind }) => {
    const isMeant = name === switchedBy || name.startsWith(`${switchedBy}.`);
    const value = values[name];
    // Of feedback and the like, a text switches nothing on where there is a switch for it.
    return isMeant && value !== undefined && value !== 'false' && (kind === 'flag' || !CONTROLS.has(`${switchedBy}.shown`));
  });
}
