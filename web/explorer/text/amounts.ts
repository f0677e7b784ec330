/** Amounts as a person reads them. They are exact decimals: no number of JavaScript holds them. */

import { words } from "../words";

export interface Amount {
  value: string | null;
  low: string | null;
  high: string | null;
  unit: keyof typeof words.units | null;
  currency?: string | null;
  estimated: boolean | null;
}

/** `12000` as "12,000", however long it is. */
export function decimalText(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** "12,000 persons", "EUR 1,000 to 2,000 (estimated)"; null where nothing is stated. */
export function amountText(amount: Amount | null): string | null {
  if (!amount) return null;
  const { value, low, high, unit, currency, estimated } = amount;
  const number = value === null ? rangeText(low, high) : decimalText(value);
  if (number === null) return null;
  const unit_text = unit ? words.units[unit] : "";
  const suffix = unit_text === "%" ? "%" : unit_text && ` ${unit_text}`;
  const text = `${currency ? `${currency} ` : ""}${number}${suffix}`;
  return estimated ? `${text} (${words.details.estimated})` : text;
}

function rangeText(low: string | null, high: string | null): string | null {
  if (low !== null && high !== null) return `${decimalText(low)} to ${decimalText(high)}`;
  if (low !== null) return `${decimalText(low)} or more`;
  return high === null ? null : `up to ${decimalText(high)}`;
}
