package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FailureLogTest {

  private final Logger log = mock(Logger.class);
  private final FailureLog failures = new FailureLog(log);

  @Test
  void shouldReportEachKindOnce() {
    for (int i = 0; i < 3; i++) {
      failures.report("it goes on", new IllegalStateException("the same place"));
    }
    Exception other = new IllegalStateException("another place");
    failures.report("it goes on", other);
    failures.report("so does that", other);

    verify(log, times(3)).error(anyString(), any(), any(Throwable.class));
    verify(log).error("{}", "it goes on", other);
  }

  @Test
  void shouldNotFailWhenTheLogDoes() {
    doThrow(new IllegalStateException("disk full"))
        .when(log)
        .error(anyString(), any(), any(Throwable.class));

    assertThatCode(() -> failures.report("it goes on", new IllegalStateException()))
        .doesNotThrowAnyException();
  }
}
