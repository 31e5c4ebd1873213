// Calendar days as the API writes them, 2026-11-22, and arithmetic on them that no time zone disturbs.
export const dayOf = (moment) => moment.slice(0, 10);

export function addDays(day, n) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + n);
  return dayOf(date.toISOString());
}
