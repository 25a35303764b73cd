package de.citycloud.platform.privacy.release;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Which cells of a table with sums stay away, so that nobody works a small one out from the others.
 *
 * <p>First all counts below the threshold (sums, too). Then more until every suppressed cell could be any of at least
 * {@code threshold} numbers for somebody who knows all published cells, that rows and columns add up, and that counts
 * are 0 or more. The possible numbers of a cell are found exactly: a table with sums is a flow network (rows and columns
 * are its nodes, cells its arcs, sums turned round), where a suppressed cell can grow by what can flow back from its
 * end to its start through other suppressed cells.
 */
final class Suppression {
  private static final long UNLIMITED = Long.MAX_VALUE / 4;

  private final long[][] table;
  private final int threshold;
  private final int rows;
  private final int columns;
  private final boolean[][] small;
  private final boolean[][] hidden;

  private Suppression(long[][] table, int threshold) {
    this.table = table;
    this.threshold = threshold;
    this.rows = table.length;
    this.columns = table[0].length;
    this.small = new boolean[rows][columns];
    this.hidden = new boolean[rows][columns];
  }

  /** Why a cell is missing or not. */
  enum Fate {
    /** It is published. */
    OPEN,
    /** Too few persons. */
    SMALL,
    /** Large enough, but it would give a small one away. */
    COMPLEMENT
  }

  /**
   * The fate of each cell.
   *
   * @param table counts with a last row and column of sums
   * @param threshold smallest count that may be seen, except 0
   */
  static Fate[][] of(long[][] table, int threshold) {
    var work = new Suppression(table, threshold);
    work.hideSmall();
    work.hideComplements();
    var fates = new Fate[work.rows][work.columns];
    for (int i = 0; i < work.rows; i++) {
      for (int j = 0; j < work.columns; j++) {
        fates[i][j] = work.small[i][j] ? Fate.SMALL : work.hidden[i][j] ? Fate.COMPLEMENT : Fate.OPEN;
      }
    }
    return fates;
  }

  private void hideSmall() {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        small[i][j] = table[i][j] > 0 && table[i][j] < threshold;
        hidden[i][j] = small[i][j];
      }
    }
  }

  private void hideComplements() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          while (hidden[i][j] && width(i, j) < threshold - 1 && !everythingIsHidden()) {
            hideWayRound(i, j);
            changed = true;
          }
        }
      }
    }
  }

  private boolean everythingIsHidden() {
    for (var row : hidden) {
      for (boolean cell : row) {
        if (!cell) {
          return false;
        }
      }
    }
    return true;
  }

  /** Largest minus smallest possible number of a suppressed cell. */
  private long width(int row, int column) {
    long up = flow(row, column, true);
    return up >= threshold - 1 ? up : up + Math.min(table[row][column], flow(row, column, false));
  }

  /** By how much the cell can grow (or shrink), at most as far as we need to know. */
  private long flow(int row, int column, boolean grow) {
    var changes = new long[rows][columns];
    long most = threshold;
    long total = 0;
    while (total < most) {
      var way = way(row, column, grow, changes, false);
      if (way == null) {
        break;
      }
      long step = most - total;
      for (var move : way) {
        step = Math.min(step, room(move, changes));
      }
      for (var move : way) {
        changes[move.row][move.column] += move.up ? step : -step;
      }
      total += step;
    }
    return total;
  }

  /** Hides one more cell, or several, so that the cell gets another way to vary. */
  private void hideWayRound(int row, int column) {
    var none = new long[rows][columns];
    var way = way(row, column, true, none, true);
    if (way == null || Arrays.stream(way).allMatch(move -> hidden[move.row][move.column])) {
      hideCheapest(row, column);
      return;
    }
    for (var move : way) {
      hidden[move.row][move.column] = true;
    }
  }

  /** The way with most room is there already but too narrow: adds the smallest open cell, its own row and column first. */
  private void hideCheapest(int row, int column) {
    int bestRow = -1;
    int bestColumn = -1;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long far = (i == row || j == column ? 0 : 1L << 50) + (table[i][j] == 0 ? 1L << 49 : table[i][j]);
        if (!hidden[i][j] && far < best) {
          best = far;
          bestRow = i;
          bestColumn = j;
        }
      }
    }
    hidden[bestRow][bestColumn] = true;
  }

  private record Move(int row, int column, boolean up) {}

  private long room(Move move, long[][] changes) {
    return move.up ? UNLIMITED : table[move.row][move.column] + changes[move.row][move.column];
  }

  /**
   * The cheapest way from the end of the cell's arc back to its start: moves of other cells that balance a growth of
   * one. Hidden cells cost nothing; others, if allowed, cost the more the larger they are.
   */
  private Move @org.jspecify.annotations.Nullable [] way(int row, int column, boolean grow, long[][] changes,
      boolean throughOpen) {
    int from = grow ? head(row, column) : tail(row, column);
    int to = grow ? tail(row, column) : head(row, column);
    var cost = new long[rows + columns];
    var last = new Move[rows + columns];
    Arrays.fill(cost, Long.MAX_VALUE);
    cost[from] = 0;
    var open = new ArrayDeque<Integer>();
    open.add(from);
    while (!open.isEmpty()) {
      int node = open.poll();
      boolean isRow = node < rows;
      for (int other = 0; other < (isRow ? columns : rows); other++) {
        int i = isRow ? node : other;
        int j = isRow ? other : node - rows;
        if (i == row && j == column || !hidden[i][j] && !throughOpen) {
          continue;
        }
        var move = new Move(i, j, tail(i, j) == node);
        if (room(move, changes) <= 0) {
          continue;
        }
        int next = isRow ? rows + other : other;
        long reached = cost[node] + (hidden[i][j] ? 0 : price(i, j));
        if (reached < cost[next]) {
          cost[next] = reached;
          last[next] = move;
          open.add(next);
        }
      }
    }
    if (cost[to] == Long.MAX_VALUE) {
      return null;
    }
    var way = new java.util.ArrayList<Move>();
    for (int node = to; node != from;) {
      var move = last[node];
      way.add(move);
      node = move.up ? tail(move.row, move.column) : head(move.row, move.column);
    }
    return way.toArray(Move[]::new);
  }

  /** What the public loses; a sum counts more, and a 0 tells little but hides badly. */
  private long price(int row, int column) {
    long size = 1 + (table[row][column] == 0 ? threshold : 0) + Math.min(table[row][column], 1_000_000_000L);
    return row == rows - 1 || column == columns - 1 ? size * 4 : size;
  }

  /** Cells run from their row to their column; sums of a row or a column run back, the sum of all runs like a cell. */
  private int tail(int row, int column) {
    return isTurned(row, column) ? rows + column : row;
  }

  private int head(int row, int column) {
    return isTurned(row, column) ? row : rows + column;
  }

  private boolean isTurned(int row, int column) {
    return (row == rows - 1) != (column == columns - 1);
  }
}
