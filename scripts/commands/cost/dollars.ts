const CENT = 0.01;

/** `$1,234.50`; what is less than a cent, and not nothing, is `<$0.01`. */
export function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < CENT / 2
    ? "<$0.01"
    : `$${dollars.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A price as people write it: `$0.001`, `$0.0000133334`. */
export function formatPrice(dollars: number): string {
  return `$${dollars.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 12 })}`;
}

/** An amount: whole from a hundred on, `4.88` below. */
export function formatAmount(amount: number): string {
  const digits = amount >= 100 || Number.isInteger(amount) ? 0 : 2;
  return amount > 0 && amount < CENT / 2
    ? "<0.01"
    : amount.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: digits });
}
