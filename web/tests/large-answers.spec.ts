import { readFileSync } from 'node:fs';

import { ask, expect, openPanel, openUnasked, panel, test } from './person';

const STUDIES_AND_CLAIMS = new URL(
  '../../tests/queries/worked/2-which-studies-back-which-claim.graphql',
  import.meta.url,
);

test('what cannot be asked once more at once is asked field by field, and nothing fails', async ({ page }) => {
  await openUnasked(page);
  await ask(page, readFileSync(STUDIES_AND_CLAIMS, 'utf8'));
  await openPanel(page, 'Picture');
  await expect(panel(page, 'Picture').getByText('Picture of 43 entities and 42 statements')).toBeVisible();
  await openPanel(page, 'Footnotes');
  await expect(panel(page, 'Footnotes').getByText(/^\d+ footnotes in \d+ documents$/)).toBeVisible();
});
