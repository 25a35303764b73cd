package de.citycloud.platform.hub.sensorthings;

/** Where the answers to the requests of a batch go, in their order. */
interface BatchAnswers extends AutoCloseable {
  /** How {@code request} went. */
  void add(BatchRequest request, BatchAnswer.Part part);

  /** Bytes of all bodies so far. */
  long length();

  /** The whole document. */
  byte[] finish();

  @Override
  void close();
}
