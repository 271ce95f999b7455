//! The `Debug` of errors.

/// Implements `Debug` for an error whose variants, or fields, are listed.
///
/// `{:?}` writes the message, because `unwrap`, `expect`, failing tests and a `main` that returns the error show it that way. `{:#?}`
/// writes the name and the fields, as a derived `Debug` does.
///
/// Exported for the other crates of djamodb, and not part of the public interface.
#[doc(hidden)]
#[macro_export]
macro_rules! debug_by_message {
    (struct $error:ident { $($field:ident),+ $(,)? }) => {
        impl ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                if !f.alternate() {
                    return ::std::fmt::Display::fmt(self, f);
                }
                let Self { $($field),+ } = self;
                f.debug_struct(stringify!($error))$(.field(stringify!($field), $field))+.finish()
            }
        }
    };
    (enum $error:ident {
        $($variant:ident $(($($position:ident),+))? $({ $($field:ident),+ $(,)? })?),+ $(,)?
    }) => {
        impl ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                if !f.alternate() {
                    return ::std::fmt::Display::fmt(self, f);
                }
                match self {
                    $(Self::$variant $(($($position),+))? $({ $($field),+ })? => {
                        $crate::debug_by_message!(@variant f $variant $(($($position),+))? $({ $($field),+ })?)
                    })+
                }
            }
        }
    };
    (@variant $f:ident $variant:ident) => { $f.write_str(stringify!($variant)) };
    (@variant $f:ident $variant:ident ($($position:ident),+)) => {
        $f.debug_tuple(stringify!($variant))$(.field($position))+.finish()
    };
    (@variant $f:ident $variant:ident { $($field:ident),+ }) => {
        $f.debug_struct(stringify!($variant))$(.field(stringify!($field), $field))+.finish()
    };
}

#[cfg(test)]
mod tests {
    use std::fmt;

    enum Sample {
        Unit,
        Tuple(u8),
        Fields { name: &'static str, size: u8 },
    }

    impl fmt::Display for Sample {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the message")
        }
    }

    debug_by_message!(enum Sample { Unit, Tuple(size), Fields { name, size } });

    #[test]
    fn the_debug_form_is_the_message_and_the_alternate_form_the_structure() {
        for sample in [Sample::Unit, Sample::Tuple(1), Sample::Fields { name: "n", size: 2 }] {
            assert_eq!(format!("{sample:?}"), "the message");
        }
        assert_eq!(format!("{:#?}", Sample::Unit), "Unit");
        assert_eq!(format!("{:#?}", Sample::Tuple(1)), "Tuple(\n    1,\n)");
        let fields = format!("{:#?}", Sample::Fields { name: "n", size: 2 });
        assert_eq!(fields, "Fields {\n    name: \"n\",\n    size: 2,\n}");
    }
}
