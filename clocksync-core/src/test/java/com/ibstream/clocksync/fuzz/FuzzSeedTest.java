package com.ibstream.clocksync.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every seed, every input that once broke something, and what lies near them; without a fuzzer. */
class FuzzSeedTest {

  private static List<Path> seeds(FuzzTarget target) throws IOException {
    try (Stream<Path> files = Files.list(target.seeds())) {
      return files.sorted().toList();
    }
  }

  /** As many as take about a second. */
  private static int trials(FuzzTarget target) {
    return switch (target) {
      case ANSWER, ADDRESS -> 4_000;
      case CONFIGURATION -> 800;
      case MONITOR -> 80;
    };
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepItsPromisesWhenFedItsSeeds(FuzzTarget target) throws IOException {
    List<Path> seeds = seeds(target);
    assertThat(seeds).as("seeds of %s", target).isNotEmpty();

    for (Path seed : seeds) {
      byte[] input = Files.readAllBytes(seed);

      assertThatCode(() -> target.run(input)).as("%s", seed).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepItsPromisesWhenSeedsAreDamaged(FuzzTarget target) throws IOException {
    SplittableRandom random = new SplittableRandom(target.name().hashCode());
    List<Path> seeds = seeds(target);
    int mutants = trials(target);
    for (int i = 0; i < mutants; i++) {
      byte[] seed = Files.readAllBytes(seeds.get(random.nextInt(seeds.size())));

      byte[] mutant = damaged(seed, random);

      assertThatCode(() -> target.run(mutant))
          .as("%s", HexFormat.of().formatHex(mutant))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepItsPromisesWhenFedNoise(FuzzTarget target) {
    SplittableRandom random = new SplittableRandom(~target.name().hashCode());
    int inputs = trials(target);
    for (int i = 0; i < inputs; i++) {
      byte[] noise = new byte[random.nextInt(target.longestInput())];
      random.nextBytes(noise);

      assertThatCode(() -> target.run(noise))
          .as("%s", HexFormat.of().formatHex(noise))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damaged(byte[] seed, SplittableRandom random) {
    byte[] mutant = Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(80) : seed.length);
    for (int count = random.nextInt(1, 6); count > 0 && mutant.length > 0; count--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(3)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        case 1 -> mutant[at] = (byte) random.nextInt();
        default -> Arrays.fill(mutant, at, mutant.length, (byte) random.nextInt(-1, 1));
      }
    }
    return mutant;
  }
}
