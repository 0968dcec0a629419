//! Rows → an Apache Parquet file: every column optional, counts as 64-bit integers, days as dates, text as UTF-8. The same
//! rows give the same bytes.

use super::{Cells, Column, Kind};
use crate::view::network::Value;
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use chrono::NaiveDate;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a row group: what is held in memory at once.
const GROUP: usize = 1 << 16;

/// The file while it is written.
pub(super) struct ParquetSheet<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: Vec<Cells>,
}

impl<W: Write + Send> ParquetSheet<W> {
    pub(super) fn new(out: W, columns: &[Column]) -> io::Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let schema = Type::group_type_builder("entente").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("entente ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self { file, columns: columns.to_vec(), rows: Vec::new() })
    }

    pub(super) fn row(&mut self, cells: Cells) -> io::Result<()> {
        self.rows.push(cells);
        if self.rows.len() >= GROUP { self.write_group().map_err(failed) } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.write_group().map_err(failed)?;
        }
        self.file.close().map(|_| ()).map_err(failed)
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            write_column(writer.untyped(), column.kind, rows.iter().map(|row| row.get(at).and_then(Option::as_ref)))?;
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Count => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let builder = Type::primitive_type_builder(column.name, physical);
    builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
}

/// Writes the cells of one column; one of another type than the column counts as missing.
fn write_column<'v>(
    writer: &mut ColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = Option<&'v Value>>,
) -> Result<(), ParquetError> {
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let (there, values) = gather(cells, |v| match v {
                Value::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            });
            writer.write_batch(&values, Some(&there), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let (there, values) = gather(cells, |v| match v {
                Value::Count(count) => i64::try_from(*count).ok(),
                _ => None,
            });
            writer.write_batch(&values, Some(&there), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let (there, values) = gather(cells, |v| match v {
                Value::Real(real) => Some(*real),
                _ => None,
            });
            writer.write_batch(&values, Some(&there), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let (there, values) = gather(cells, |v| match v {
                Value::Flag(flag) => Some(*flag),
                _ => None,
            });
            writer.write_batch(&values, Some(&there), None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let (there, values) = gather(cells, |v| match v {
                Value::Day(day) => Some(days(*day)),
                _ => None,
            });
            writer.write_batch(&values, Some(&there), None)?;
        }
        _ => return Err(ParquetError::General(format!("no column is of the kind {kind:?}"))),
    }
    Ok(())
}

/// Which rows have a value (definition levels), and the values.
fn gather<'v, T>(
    cells: impl Iterator<Item = Option<&'v Value>>,
    take: impl Fn(&Value) -> Option<T>,
) -> (Vec<i16>, Vec<T>) {
    let (mut there, mut values) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = cell.and_then(&take);
        there.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (there, values)
}

/// Days since 1 January 1970.
fn days(day: NaiveDate) -> i32 {
    let since = day.signed_duration_since(NaiveDate::default()).num_days();
    i32::try_from(since).unwrap_or_default()
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
