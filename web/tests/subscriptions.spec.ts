import type { Page, WebSocketRoute } from '@playwright/test';

import { ask, expect, expectAccessible, openPanel, openUnasked, panel, test, write } from './person';

const GRAPH_CHANGED = 'subscription { graphChanged(since: 0) { version graph { nEntities } } }';
const LAW_CHANGED =
  'subscription { entityChanged(id: "law/a") { id kind name supporters { nodes { id kind name } } } }';

test('a subscription is heard, and stopped', async ({ page }) => {
  await openUnasked(page);
  await ask(page, GRAPH_CHANGED);
  await expect(answer(page)).toContainText('"nEntities": 548');
  const stop = page.getByRole('button', { name: /^Stop query/ });
  await expect(stop).toBeVisible();
  await stop.click();
  await expect(page.getByRole('button', { name: /^Execute query/ })).toBeVisible();
  // The answer stays, and the next question is asked at once.
  await expect(answer(page)).toContainText('"nEntities": 548');
  await ask(page, '{ organizations(first: 1) { totalCount } }');
  await expect(answer(page)).toContainText('"totalCount": 46');
});

test('a subscription that the server refuses is answered in words', async ({ page }) => {
  await openUnasked(page);
  await ask(page, 'subscription { nothingOfTheKind }');
  await expect(answer(page)).toContainText('"message": ');
  // Of the server, and none of the page's own on connections.
  await expect(answer(page)).toContainText('"code": ');
  await expect(page.getByRole('button', { name: /^Execute query/ })).toBeVisible();
});

test('the panels show what a subscription told last', async ({ page }) => {
  const server = await pretended(page);
  await openUnasked(page);
  await ask(page, LAW_CHANGED);
  await server.tell({ entityChanged: law('Act, as introduced', ['Ann']) });
  await openPanel(page, 'Picture');
  const picture = panel(page, 'Picture');
  await expect(picture).toContainText('Picture of 2 entities and 0 statements');
  await expect(picture).toContainText('What a subscription told last. It is shown as it came');
  await server.tell({ entityChanged: law('Act, as amended', ['Ann', 'Ben']) });
  await server.tell({ entityChanged: law('Act, as passed', ['Ann', 'Ben', 'Cleo']) });
  await expect(picture).toContainText('Picture of 4 entities and 0 statements');
  await expect(answer(page)).toContainText('"name": "Act, as passed"');
  await expectAccessible(page, '.panel');

  await openPanel(page, 'Table');
  const table = panel(page, 'Table');
  await expect(table.locator('tbody tr')).toHaveText(['organization/annORGANIZATIONAnn', /Ben$/, /Cleo$/]);
  await server.tell({ entityChanged: law('Act, as repealed', ['Cleo']) });
  await expect(table.locator('tbody tr')).toHaveText([/Cleo$/]);
  for (const title of ['Footnotes', 'Timeline', 'Matrix', 'Questions']) {
    await openPanel(page, title);
  }

  // While it is still heard, the panel asks another question.
  await openPanel(page, 'Table');
  await write(page, '{ organizations(first: 3) { nodes { name } } }');
  await table.getByRole('button', { name: 'Ask what is in the editor' }).click();
  await expect(table.getByText('3 of 46 rows')).toBeVisible();
  await expect.poll(server.isClosed).toBe(true);
});

test('what becomes of the connection is told in a sentence', async ({ page }) => {
  const server = await pretended(page);
  await openUnasked(page);
  await ask(page, GRAPH_CHANGED);
  await server.tell({ graphChanged: { version: 1, graph: { nEntities: 7 } } });
  await expect(answer(page)).toContainText('"nEntities": 7');
  await server.end(1001);
  await expect(answer(page)).toContainText('The server has ended the connection, as it does when it is stopped.');
  await expect(page.getByRole('button', { name: /^Execute query/ })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+Enter');
  await server.tell({ graphChanged: { version: 2, graph: { nEntities: 8 } } });
  await expect(answer(page)).toContainText('"nEntities": 8');
});

function answer(page: Page) {
  return page.getByRole('region', { name: 'Result Window' });
}

function law(name: string, supporters: string[]) {
  const nodes = supporters.map((name) => ({
    id: `organization/${name.toLowerCase()}`,
    kind: 'ORGANIZATION',
    name,
  }));
  return { version: 7, change: 'CHANGED', entity: { id: 'law/a', kind: 'LAW', name, supporters: { nodes } } };
}

/** A server in the test's hands, which speaks GraphQL over WebSocket. */
async function pretended(page: Page) {
  let heard = nextSubscription();
  let isClosed = false;
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    isClosed = false;
    socket.onMessage((text) => {
      const { type, id } = JSON.parse(String(text));
      if (type === 'connection_init') {
        socket.send(JSON.stringify({ type: 'connection_ack' }));
      } else if (type === 'subscribe') {
        heard.resolve({ socket, id });
      }
    });
    socket.onClose(() => {
      isClosed = true;
      heard = nextSubscription();
    });
  });
  return {
    isClosed: () => isClosed,
    async tell(data: object) {
      const { socket, id } = await heard.promise;
      const payload = { data, extensions: { cost: { estimated: 3, max: 1_000_000, objects: 2 } } };
      socket.send(JSON.stringify({ id, type: 'next', payload }));
    },
    async end(code: number) {
      const { socket } = await heard.promise;
      heard = nextSubscription();
      await socket.close({ code });
    },
  };
}

function nextSubscription() {
  let resolve: (subscription: { socket: WebSocketRoute; id: string }) => void = () => {};
  const promise = new Promise<{ socket: WebSocketRoute; id: string }>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
