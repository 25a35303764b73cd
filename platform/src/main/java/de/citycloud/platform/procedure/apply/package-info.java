/**
 * What citizens see: the services of the town, the form page by page, what became of it.
 *
 * <pre>
 *   ServicePages ── start ──▶ Drafts ◀── StepPages (a page a topic) ── CheckPages ──▶ CitizenCases.submit
 *                                                                                        │
 *   CaseLookup (reference and code, account) ──▶ MyCase ◀── CasePages, PaymentPages ◀────┘
 * </pre>
 *
 * <p>A draft is opened by a secret in a cookie that only its pages get, by the account it was begun with, or by a link
 * for coming back. A case is opened by the account or by reference and access code; the code then travels in a cookie
 * that only this case's pages get. Nothing here needs JavaScript.
 */
@NullMarked
package de.citycloud.platform.procedure.apply;

import org.jspecify.annotations.NullMarked;
