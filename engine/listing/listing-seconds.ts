/** Listings are started for this long in one slice, so that transfers never wait for listings. */
export const LISTING_SECONDS = 10;
