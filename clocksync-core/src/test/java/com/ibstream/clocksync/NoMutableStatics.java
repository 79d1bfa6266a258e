package com.ibstream.clocksync;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Static fields must be final: two monitors in one process share nothing. */
final class NoMutableStatics extends ArchCondition<JavaClass> {

  NoMutableStatics() {
    super("keep no mutable static state");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (JavaField field : type.getFields()) {
      boolean isMutable =
          field.getModifiers().contains(JavaModifier.STATIC)
              && !field.getModifiers().contains(JavaModifier.FINAL)
              && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
              && !field.getName().startsWith("$");
      if (isMutable) {
        events.add(
            SimpleConditionEvent.violated(field, field.getFullName() + " is static and not final"));
      }
    }
  }
}
