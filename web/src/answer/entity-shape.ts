import { object, picklist, pipe, regex, string } from 'valibot';

import { ENTITY_ID, ENTITY_KINDS } from './graph';

/** An entity as a link may bring it. */
export const entityShape = object({
  id: pipe(string(), regex(ENTITY_ID)),
  kind: picklist(ENTITY_KINDS),
  name: string(),
});
