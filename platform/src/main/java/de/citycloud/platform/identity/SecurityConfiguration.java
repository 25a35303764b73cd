package de.citycloud.platform.identity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Who may call what. Doors for machines keep no session; pages do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** SensorThings and the JSON doors: reading is open, writing needs a key. */
  @Bean
  @Order(1)
  SecurityFilterChain machines(HttpSecurity http, ApiKeys keys) throws Exception {
    return http.securityMatcher("/*/sta/**", "/v1.1/**", "/*/in/**")
        .authorizeHttpRequests(calls -> calls.requestMatchers(HttpMethod.GET, "/*/sta/**", "/v1.1/**").permitAll()
            .requestMatchers(HttpMethod.HEAD, "/*/sta/**", "/v1.1/**").permitAll()
            .requestMatchers(HttpMethod.OPTIONS, "/*/sta/**", "/v1.1/**").permitAll()
            .anyRequest().hasAuthority(Scope.WRITE.authority()))
        .addFilterBefore(new ApiKeyFilter(keys), AuthorizationFilter.class)
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable()).requestCache(cache -> cache.disable()).logout(logout -> logout.disable())
        .anonymous(anonymous -> {}).build();
  }

  /** Pages and public data. */
  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(calls -> calls.anyRequest().permitAll()).build();
  }
}
