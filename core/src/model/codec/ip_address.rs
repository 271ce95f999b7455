//! IP addresses, as text in their canonical form: `192.0.2.1`, `2001:db8::1`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::string::text;
use crate::model::{AttributeType, CodecError, Comparable, KeyType, MapKey, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

macro_rules! addresses {
    ($($address:ty: $expected:literal),+ $(,)?) => {$(
        impl AttributeType for $address {
            type Operand = Self;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                Ok(AttributeValue::S(self.to_string()))
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                let text = text(value, $expected)?;
                text.parse().map_err(|error| CodecError::invalid(text, $expected, error))
            }

            fn type_info() -> TypeInfo {
                TypeInfo {
                    name: $expected,
                    value_type: ValueType::S,
                    parse: |text| Self::decode(&AttributeValue::s(text))?.encode(),
                    comparable: true,
                    ordered: false,
                    starts_with: false,
                    structure: Structure::Scalar,
                }
            }
        }

        impl Comparable for $address {}

        impl KeyType for $address {
            const SCALAR: ScalarType = ScalarType::S;
        }

        impl MapKey for $address {}
    )+};
}

addresses! {
    IpAddr: "an IP address",
    Ipv4Addr: "an IPv4 address",
    Ipv6Addr: "an IPv6 address",
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys(bits: u128, short: u32) {
            proptest::prop_assert_eq!(crate::model::check_key_codec(&Ipv6Addr::from(bits)), Ok(()));
            proptest::prop_assert_eq!(crate::model::check_key_codec(&IpAddr::V4(short.into())), Ok(()));
        }
    }

    #[test]
    fn another_spelling_is_read_but_is_no_key() {
        let stored = AttributeValue::s("2001:DB8:0:0:0:0:0:1");
        assert_eq!(Ipv6Addr::decode(&stored), Ok("2001:db8::1".parse().unwrap()));
        assert!(Ipv6Addr::decode_exact(&stored).is_err());
        assert!(Ipv4Addr::decode(&AttributeValue::s("192.0.2.256")).is_err());
        assert_eq!((IpAddr::type_info().parse)("2001:DB8::1"), Ok(AttributeValue::s("2001:db8::1")));
    }
}
