package de.citycloud.platform.hub.ingest;

/** The SQL of the write path. Arrays travel in binary; one shorter than the others is filled up with nulls. */
final class StoreStatements {
  /**
   * Rows, newest values and keys in one statement: it is the transaction. No row can be there already, since the
   * batch was numbered before; if another process was faster the unique key says so, and the batch is numbered anew.
   */
  static final String STORE = """
                              with stored as (
                                insert into observation (municipality_id, datastream_id, phenomenon_time, result, result_time, feature_id,
                                  details, seq)
                                select ?, n.datastream, at_micros(n.at), nullif(n.result, 'NaN'), at_micros(n.made), n.feature,
                                  n.details::jsonb, coalesce(n.seq, 0::smallint)
                                from unnest(?::int[], ?::bigint[], ?::float8[], ?::bigint[], ?::int[], ?::text[], ?::smallint[])
                                  as n(datastream, at, result, made, feature, details, seq)
                                returning 1),
                              newest as (
                                insert into datastream_latest as l (municipality_id, datastream_id, phenomenon_time, result, result_time,
                                  feature_id, details, seq, first_time, last_time, first_result_time, last_result_time)
                                select ?, n.datastream, at_micros(n.at), nullif(n.result, 'NaN'), at_micros(n.made), n.feature,
                                  n.details::jsonb, coalesce(n.seq, 0::smallint), at_micros(n.first), at_micros(n.last),
                                  at_micros(n.first_made), at_micros(n.last_made)
                                from unnest(?::int[], ?::bigint[], ?::float8[], ?::bigint[], ?::int[], ?::text[], ?::smallint[], ?::bigint[],
                                  ?::bigint[], ?::bigint[], ?::bigint[])
                                  as n(datastream, at, result, made, feature, details, seq, first, last, first_made, last_made)
                                on conflict (municipality_id, datastream_id) do update set
                                  phenomenon_time = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.phenomenon_time else l.phenomenon_time end,
                                  result = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.result else l.result end,
                                  result_time = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.result_time else l.result_time end,
                                  feature_id = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.feature_id else l.feature_id end,
                                  details = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.details else l.details end,
                                  seq = case when is_newer(excluded.phenomenon_time, excluded.seq, l.phenomenon_time, l.seq)
                                    then excluded.seq else l.seq end,
                                  first_time = least(l.first_time, excluded.first_time),
                                  last_time = greatest(l.last_time, excluded.last_time),
                                  first_result_time = least(l.first_result_time, excluded.first_result_time),
                                  last_result_time = greatest(l.last_result_time, excluded.last_result_time),
                                  heard_at = excluded.heard_at
                                returning 1)
                              """;
  static final String REMEMBER = """
                                 , remembered as (
                                   insert into idempotency_key (municipality_id, key, content, times, seqs)
                                   select ?, k.key, decode(k.content, 'hex'), k.times::bigint[], k.seqs::smallint[]
                                   from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as k(key, content, times, seqs)
                                   returning 1)
                                 """;
  /** Asks last whether it is still wanted. */
  static final String IN_TIME = "select in_time(?, (select count(*) from stored), (select count(*) from newest))";
  /** Which of these Datastreams exist, and the end of what is stored of each. */
  static final String DATASTREAMS = """
                                    select d.id, (extract(epoch from l.last_time) * 1000000)::bigint
                                    from datastream d left join datastream_latest l on l.municipality_id = d.municipality_id and l.datastream_id = d.id
                                    where d.municipality_id = ? and d.id = any(?)
                                    """;
  /** The seqs that are taken at these moments. */
  static final String TAKEN = """
                              select n.ord, o.lowest, o.highest
                              from unnest(?::int[], ?::bigint[]) with ordinality as n(datastream, at, ord),
                                lateral (select min(seq) as lowest, max(seq) as highest from observation
                                  where municipality_id = ? and datastream_id = n.datastream and phenomenon_time = at_micros(n.at)) o
                              where o.lowest is not null
                              """;
  /** How many of these rows are there just so. */
  static final String COUNT_SAME = """
                                   select count(*) from unnest(?::int[], ?::bigint[], ?::float8[], ?::smallint[]) as n(datastream, at, result, seq)
                                   join observation o on o.municipality_id = ? and o.datastream_id = n.datastream
                                     and o.phenomenon_time = at_micros(n.at) and o.seq = n.seq
                                     and o.result is not distinct from nullif(n.result, 'NaN')
                                   """;
  /** Which of these Datastreams nobody is deleting just now. */
  static final String UNLOCKED = """
                                 select id from datastream where municipality_id = ? and id = any(?) for key share skip locked
                                 """;
  static final String KEYS = """
                             select key, content, times, seqs, created_at < now() - interval '24 hours' as expired from idempotency_key
                             where municipality_id = ? and key = any(?)
                             """;
  static final String FORGET_KEYS = "delete from idempotency_key where municipality_id = ? and key = any(?)";
  static final String CLOCK = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

  private StoreStatements() {}
}
