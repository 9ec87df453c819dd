import type { LawPositions } from './load';
import { rowsOf } from './rows';

/** The same as the picture, in words. */
export function PositionsTable({
  laws,
  stanceHeading,
  selected,
  onSelect,
}: {
  laws: readonly LawPositions[];
  stanceHeading: string;
  selected: string | null;
  onSelect: (key: string | null) => void;
}) {
  return (
    <div className="timeline-tables">
      {laws.map((of) => (
        <table key={of.law.id} className="timeline-table">
          <caption>{of.law.name}</caption>
          <thead>
            <tr>
              <th scope="col">Organization</th>
              <th scope="col">What it said</th>
              <th scope="col">{stanceHeading}</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(of).map(({ organization, undated, dated, stance }) => (
              <tr key={organization.id}>
                <th scope="row">{organization.name}</th>
                <td>
                  {[undated, ...dated].map(
                    (mark) =>
                      mark && (
                        <button
                          key={mark.key}
                          type="button"
                          className="panel-button"
                          aria-pressed={mark.key === selected}
                          aria-label={mark.name}
                          onClick={() => onSelect(mark.key === selected ? null : mark.key)}
                        >
                          {mark.brief}
                        </button>
                      ),
                  )}
                </td>
                <td>{stance}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
