package de.citycloud.platform.database;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the {@link Job}s of all modules while the program runs. */
@Component
class JobClock implements SmartLifecycle {
  private final DataSource pool;
  private final List<Job> jobs;
  private @Nullable Scheduler scheduler;

  JobClock(@ApplicationConnections DataSource pool, List<Job> jobs) {
    this.pool = pool;
    this.jobs = jobs;
  }

  @Override
  public void start() {
    List<RecurringTask<Void>> tasks = jobs.stream()
        .map(job -> Tasks.recurring(job.name(), FixedDelay.of(job.every()))
            .execute((instance, context) -> job.work().run()))
        .toList();
    var started = Scheduler.create(pool).startTasks(tasks).threads(2).pollingInterval(Duration.ofSeconds(10))
        .shutdownMaxWait(Duration.ofSeconds(5)).build();
    started.start();
    scheduler = started;
  }

  @Override
  public void stop() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }
}
