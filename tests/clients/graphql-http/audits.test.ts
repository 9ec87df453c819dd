/**
 * GraphQL over HTTP: every audit of the specification's own suite, https://github.com/graphql/graphql-http.
 * All that a server MUST and SHOULD do has to pass; what it MAY do is told, not asked for.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { serverAudits } from 'graphql-http';

import { url } from '../server.js';

const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const;
/** How many audits of each level the suite had when it was taken up: fewer would mean that some were not found. */
const AUDITS_MIN = { MUST: 13, SHOULD: 23, MAY: 25 };

test('GraphQL over HTTP', async (suite) => {
  const audits = serverAudits({ url });
  for (const level of LEVELS) {
    const ofLevel = audits.filter(({ name }) => name.startsWith(`${level} `));
    let nPassed = 0;
    for (const audit of ofLevel) {
      await suite.test(`${audit.id} ${audit.name}`, async (one) => {
        const result = await audit.fn();
        if (result.status === 'ok') {
          nPassed += 1;
        } else if (level === 'MAY') {
          one.diagnostic(`the server does not, and need not: ${result.reason}`);
        } else {
          assert.fail(result.reason);
        }
      });
    }
    suite.diagnostic(`${level}: ${nPassed} of ${ofLevel.length} audits pass`);
    assert.ok(ofLevel.length >= AUDITS_MIN[level], `only ${ofLevel.length} audits of ${level} were found`);
  }
  const nKnown = LEVELS.reduce((n, level) => n + audits.filter(({ name }) => name.startsWith(`${level} `)).length, 0);
  assert.equal(nKnown, audits.length, 'every audit is of one of the three levels');
});
