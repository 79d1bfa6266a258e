package com.ibstream.clocksync.service.answers;

import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import java.util.Optional;
import java.util.function.Function;

/**
 * What asking a tool came to.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

  /**
   * It was understood.
   *
   * @param content what it says
   * @param <T> what was asked for
   */
  record Read<T>(T content) implements Answer<T> {}

  /**
   * There is no answer, or nobody understands it.
   *
   * @param finding why
   * @param <T> what was asked for
   */
  record Unread<T>(Finding finding) implements Answer<T> {}

  /**
   * An answer that was understood.
   *
   * @param content what it says
   * @param <T> what was asked for
   * @return the answer
   */
  static <T> Answer<T> read(T content) {
    return new Read<>(content);
  }

  /**
   * No answer.
   *
   * @param kind why, for programs
   * @param reason why, for people: one clause
   * @param <T> what was asked for
   * @return the lack of an answer
   */
  static <T> Answer<T> missing(Finding.Kind kind, String reason) {
    return new Unread<>(new Finding(kind, reason));
  }

  /**
   * An answer that says what nobody understands.
   *
   * @param reason what is wrong with it: one clause
   * @param <T> what was asked for
   * @return the lack of an answer
   */
  static <T> Answer<T> unreadable(String reason) {
    return missing(Finding.Kind.ANSWER_UNREADABLE, reason);
  }

  /**
   * What it says.
   *
   * @return empty if it was not understood
   */
  default Optional<T> value() {
    return this instanceof Read<T> read ? Optional.of(read.content()) : Optional.empty();
  }

  /**
   * Why it says nothing.
   *
   * @return empty if it was understood
   */
  default Optional<Finding> trouble() {
    return this instanceof Unread<T> unread ? Optional.of(unread.finding()) : Optional.empty();
  }

  /**
   * Reads on.
   *
   * @param parser what to make of the content
   * @param <U> what it makes
   * @return its answer, or the same lack of one
   */
  default <U> Answer<U> then(Function<? super T, Answer<U>> parser) {
    if (this instanceof Read<T> read) {
      return parser.apply(read.content());
    }
    return new Unread<>(((Unread<T>) this).finding());
  }
}
