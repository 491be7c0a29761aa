import { HorizontalBarChartWithAxis, VerticalBarChart, VerticalStackedBarChart } from '@fluentui/react-charts';
import { Spinner, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '../../cards/tab/contract.ts';
import { Failed } from './said.tsx';
import { useSession } from './session.tsx';

type Overview = Answer<'overview'>;

const COLOURS = {
  consent: tokens.colorPaletteBlueBorderActive,
  delivery: tokens.colorPaletteTealBorderActive,
  review: tokens.colorPalettePurpleBorderActive,
  ended: tokens.colorNeutralForeground3,
} as const;
const OPEN = ['consent', 'delivery', 'review'] as const;

/** A figure, and the same as a table for whoever reads it otherwise. */
const Chart = ({
  id,
  title,
  empty,
  note,
  columns,
  rows,
  children,
}: {
  readonly id: string;
  readonly title: string;
  /** Said instead, where there is nothing to draw; null: there is. */
  readonly empty: string | null;
  readonly note?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly children: ReactNode;
}) => {
  const { words } = useSession();
  return (
    <section className="sheet chart" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {empty !== null ? (
        <p>{empty}</p>
      ) : (
        <>
          <div className="drawing">{children}</div>
          {note !== undefined && <p className="subtle">{note}</p>}
          <details>
            <summary>{words.charts.asTable}</summary>
            <table>
              <caption className="unseen">{title}</caption>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([first, ...rest]) => (
                  <tr key={first}>
                    <th scope="row">{first}</th>
                    {rest.map((cell, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row stand where they stand.
                      <td key={index}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
};

const Pipeline = ({ pipeline }: { readonly pipeline: Overview['pipeline'] }) => {
  const { words } = useSession();
  const { charts } = words;
  return (
    <Chart
      id="pipeline"
      title={charts.pipeline}
      empty={pipeline.length === 0 ? charts.noClaims : null}
      columns={[charts.status, charts.claims]}
      rows={pipeline.map(({ status, count }) => [status.word, words.number(count)])}
    >
      <HorizontalBarChartWithAxis
        height={Math.max(160, pipeline.length * 34 + 40)}
        barHeight={16}
        hideLegend
        showYAxisLables
        data={pipeline.toReversed().map(({ status, group, count }) => ({
          x: count,
          y: status.word,
          color: COLOURS[group],
          legend: status.word,
          xAxisCalloutData: status.word,
          yAxisCalloutData: words.number(count),
        }))}
      />
    </Chart>
  );
};

const Weeks = ({ weeks }: { readonly weeks: Overview['weeks'] }) => {
  const { words } = useSession();
  const { charts, groups } = words;
  const none = weeks.every(({ consent, delivery, review }) => consent + delivery + review === 0);
  return (
    <Chart
      id="weeks"
      title={charts.weeks}
      empty={none ? charts.noDeadlines : null}
      note={charts.deadlinesNote}
      columns={[charts.week, ...OPEN.map((group) => groups[group])]}
      rows={weeks.map((week) => [week.label, ...OPEN.map((group) => words.number(week[group]))])}
    >
      <VerticalStackedBarChart
        height={260}
        maxBarWidth={28}
        yAxisTickCount={4}
        data={weeks.map((week) => ({
          xAxisPoint: week.label,
          chartData: OPEN.map((group) => ({ legend: groups[group], data: week[group], color: COLOURS[group] })),
        }))}
      />
    </Chart>
  );
};

const Months = ({ months }: { readonly months: Overview['months'] }) => {
  const { words } = useSession();
  const { charts } = words;
  return (
    <Chart
      id="months"
      title={charts.months}
      empty={months.every(({ claims }) => claims === 0) ? charts.noPaid : null}
      columns={[charts.month, charts.paid, charts.claims]}
      rows={months.map(({ label, money, claims }) => [label, money, words.number(claims)])}
    >
      <VerticalBarChart
        height={260}
        maxBarWidth={28}
        hideLegend
        yAxisTickCount={4}
        data={months.map(({ label, usd, money }) => ({
          x: label,
          y: usd,
          color: COLOURS.delivery,
          legend: charts.paid,
          yAxisCalloutData: money,
        }))}
      />
    </Chart>
  );
};

/** All of one's claims at a glance. */
const OverviewPage = () => {
  const { api, words } = useSession();
  const overview = useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => api.ask('overview', {}, signal) });
  if (overview.isPending) return <Spinner label={words.loading} />;
  if (overview.isError) return <Failed error={overview.error} words={words} again={() => overview.refetch()} />;
  const { data } = overview;
  const { figures } = words;
  return (
    <div className="page scrolls">
      <h1 className="title">{words.pages.overview}</h1>
      <dl className="figures">
        {[
          [figures.open, words.number(data.open)],
          [figures.dueThisWeek, words.number(data.dueThisWeek)],
          [figures.paid, data.paid],
        ].map(([label, value]) => (
          <div key={label} className="sheet">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="charts">
        <Pipeline pipeline={data.pipeline} />
        <Weeks weeks={data.weeks} />
        <Months months={data.months} />
      </div>
    </div>
  );
};

export default OverviewPage;
