import { conformityTitle } from '../../../i18n/criteria-words.ts';
import { W } from '../bilingual.tsx';
import type { View } from '../view.ts';
import { AgencyDetail } from './agency-detail.tsx';

/** Details of every agency: in the page up to some size, beyond it drawn by the script from the data in the page. */
export function Details({ report, checks, small }: View) {
  return (
    <section class="details" id="details" aria-labelledby="details-title">
      <h2 id="details-title">
        <W the="details" />
      </h2>
      {small ? (
        <p class="js-only tools">
          <button type="button" class="quiet" id="open-all">
            <W the="openAll" />
          </button>
          <button type="button" class="quiet" id="close-all">
            <W the="closeAll" />
          </button>
        </p>
      ) : (
        <>
          <noscript>
            <p class="warning">
              <W the="needsScript" />
            </p>
          </noscript>
          <div id="detail">
            <p class="note js-only">
              <W the="chooseAgency" />
            </p>
          </div>
        </>
      )}
      {small &&
        report.agencies.map((agency, index) => (
          <AgencyDetail key={index} agency={agency} index={index} checks={checks} conformity={conformityTitle(report.criteria)} />
        ))}
    </section>
  );
}
