package de.citycloud.platform.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in ({@code city.identity.*}).
 *
 * @param secondFactor roles that may do nothing before they have a second factor; empty: nobody must
 * @param keyFile file with the key under which secrets are stored, 32 bytes; absent: made in the data folder
 * @param relyingParty domain for which passkeys are made, e.g. {@code stadt.example}; they work nowhere else
 * @param origins addresses of the pages in a browser, e.g. {@code https://stadt.example}; empty: https and that domain
 * @param idle a session ends after this time without a call
 * @param longest a session ends after this time in any case
 */
@ConfigurationProperties("city.identity")
record IdentityProperties(@DefaultValue("administrator") Set<Role> secondFactor, @Nullable Path keyFile,
    @DefaultValue("localhost") String relyingParty, @DefaultValue Set<String> origins,
    @DefaultValue("PT30M") Duration idle, @DefaultValue("PT12H") Duration longest) {}
