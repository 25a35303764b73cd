package de.citycloud.platform.upload;

/**
 * A file that was kept.
 *
 * @param id under which it is found again; tells nothing of its name or content
 * @param type what it is
 * @param bytes its size
 */
public record StoredFile(String id, UploadType type, long bytes) {}
