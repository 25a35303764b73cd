package de.citycloud.platform.web;

/** The program would listen on the network without protection; it does not start. */
class UnsafeTransport extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnsafeTransport(String message) {
    super(message);
  }
}
