package de.citycloud.platform.cli;

import java.io.PrintStream;

/** One thing {@code ./city} can do. */
@FunctionalInterface
interface Command {
  /**
   * Does it.
   *
   * @param out for the result alone, so that scripts can read it
   * @param err for everything said besides
   * @return exit code: 0 well, 1 failed, 2 input refused
   * @throws UsageException if the arguments are not understood
   */
  int run(Arguments arguments, PrintStream out, PrintStream err) throws Exception;
}
