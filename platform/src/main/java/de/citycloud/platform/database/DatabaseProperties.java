package de.citycloud.platform.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the data lives ({@code city.database.*}).
 *
 * @param data folder of the embedded server and of all files the program keeps
 * @param url JDBC address of an external PostgreSQL 18; absent: the embedded one
 * @param owner role that owns the tables there
 * @param ownerPassword its password
 * @param application role for the application there, must not own tables nor bypass row-level security
 * @param applicationPassword its password
 * @param connections connections of the application at most, 4 to 90
 */
@ConfigurationProperties("city.database")
public record DatabaseProperties(@DefaultValue("./data") Path data, @Nullable String url,
    @DefaultValue("city_owner") String owner, @DefaultValue("") String ownerPassword,
    @DefaultValue("city_app") String application, @DefaultValue("") String applicationPassword,
    @DefaultValue("24") int connections) {}
