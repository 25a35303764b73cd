/**
 * The one way to write to people: e-mail and letters.
 *
 * <pre>
 *   any module ── Messages.send / print, in its transaction ──▶ outgoing_message
 *   MailClock: claim what is due ── SMTP ──▶ sent | tried again later | given up, with the reason
 *   letters ──▶ print queue, as PDF ──▶ printed
 * </pre>
 *
 * <p>Address and words are encrypted with the key of the person a message belongs to, or with a key of its own that ends
 * with it after 30 days.
 *
 * <p>A new message is two texts in each language: {@code mail.<template>.subject} and {@code mail.<template>.text}. A
 * mail reaches the server at least once: if the program dies between the server's yes and our note of it, it goes out
 * again with the same Message-ID. Start at {@link de.citycloud.platform.message.Messages}.
 */
@ApplicationModule(displayName = "Messages", allowedDependencies = {"municipality", "database", "audit", "privacy",
    "ui",
    "problem"})
@NullMarked
package de.citycloud.platform.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
