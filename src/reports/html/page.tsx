import { fillWords, htmlWords } from '../../i18n/html-words.ts';
import { AgencyTable } from './agency-table.tsx';
import { T, W } from './bilingual.tsx';
import { Leverage, TopCauses } from './causes.tsx';
import { Details } from './details/details.tsx';
import { IconSheet } from './icon.tsx';
import { Ladder } from './ladder.tsx';
import { Facts, PageHeader, SkipLink } from './page-header.tsx';
import { Places } from './places.tsx';
import { Shares } from './shares.tsx';
import type { View } from './view.ts';
import { WhatFirst } from './what-first.tsx';

export function Page(view: View) {
  const { report, lang, small } = view;
  return (
    <>
      <SkipLink lang={lang} />
      <IconSheet />
      <PageHeader {...view} />
      <main>
        <div class="opening">
          <div class="column">
            <Shares {...view} />
            <Ladder {...view} />
          </div>
          <div class="column">
            <WhatFirst {...view} />
            <Places {...view} />
          </div>
        </div>
        <Facts {...view} />
        <div class="pair">
          <TopCauses {...view} />
          <Leverage {...view} />
        </div>
        <AgencyTable {...view} />
        <Details {...view} />
      </main>
      <footer>
        <p>
          <T of={fillWords('madeBy', { version: report.tool.version, run: report.run.id })} /> <W the="selfContained" />
          {!small && (
            <>
              {' '}
              <W the="evidenceLeftOut" />
            </>
          )}
        </p>
      </footer>
      <p class="unseen" id="said" role="status" data-copied-vi={htmlWords.copied.vi} data-copied-en={htmlWords.copied.en} />
    </>
  );
}
