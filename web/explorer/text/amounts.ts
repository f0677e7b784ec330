/** Formats amounts as text. They are exact decimals, which a JavaScript number cannot represent. */

import { words } from "../words";

export interface Amount {
  value: string | null;
  low: string | null;
  high: string | null;
  unit: keyof typeof words.units | null;
  currency?: string | null;
  estimated: boolean | null;
}

/** Formats `12000` as "12,000", with any number of digits. */
export function decimalText(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/**
 * Formats an amount as "12,000 persons" or "EUR 1,000 to 2,000 (estimated)"; null if none is
 * stated.
 */
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
