package de.citycloud.platform.portal;

/**
 * Who runs these pages and how to reach them; stands in the imprint and on the contact page.
 *
 * @param authority e.g. {@code Stadt Ludwigsburg}
 * @param street with number
 * @param postalCode five digits
 * @param town post town
 * @param phone for people, e.g. {@code 07141 910-3015}; empty if none
 * @param email empty if none
 * @param representative who represents the authority in law, as an office ("Oberbürgermeister"); empty if unsaid
 */
public record Profile(String authority, String street, String postalCode, String town, String phone, String email,
    String representative) {}
