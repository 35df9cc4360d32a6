//! Columns in, tables or documents out, on threads.

use std::{
    collections::VecDeque,
    env,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use arrow_array::RecordBatch;
use pyo3::{
    intern,
    prelude::*,
    types::{PyDict, PyString},
};

use super::{
    column::Column,
    errors::{InvalidValueError, wrong_type},
    input::Source,
    table::Table,
    views::Views,
    workers::Workers,
};
use crate::{
    document::Document,
    named::Named,
    pipeline::Pipeline,
    table::{Chunk, Chunks, Plan, Reader},
    text::{Text, offsets::Unit},
};

/// A thread reads a chunk of so many bytes in a few hundredths of a second.
const CHUNK: usize = 1 << 19;
/// Documents are wanted soon.
const SMALL_CHUNK: usize = 1 << 16;
/// How long to wait for a result before looking whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(50);
/// The environment variable that says how many threads to use where the caller does not.
const THREADS: &str = "PULLQUOTE_NUM_THREADS";

/// What callers of `batch` choose.
pub(super) struct Options<'a, 'py> {
    pub(super) nested: bool,
    pub(super) offsets: &'a str,
    pub(super) threads: Option<&'a Bound<'py, PyAny>>,
    pub(super) progress: bool,
}

/// Gives a class the method `batch`. The class has `reader(&self) -> Reader`.
macro_rules! batched {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            /// Reads a column of texts and gives a `Table` with one row for each hit.
            ///
            /// Args:
            ///     texts: a list or any other iterable of `str` and nulls (None, NaN, `pandas.NA`), a Series of
            ///         pandas or polars, an Arrow array or anything else with the Arrow capsule methods, a table of
            ///         one column. A null gives no rows, and neither does "".
            ///     nested: one row for each text instead, its hits in a list; the list of a null is null.
            ///     offsets: what positions are counted in: "codepoint", as Python does, "byte" of UTF-8, or "utf16".
            ///     threads: how many threads to use; by default as many as the environment variable
            ///         PULLQUOTE_NUM_THREADS says, or as there are cores. Any number gives the same table.
            ///     progress: whether to show a bar, with tqdm.
            ///
            /// Ctrl-C stops the reading at once; only a slow producer of Arrow arrays is waited for until its next array.
            ///
            /// Raises:
            ///     TypeError: `texts` is no column, or one of its rows is no text; the error names the row.
            ///     PullquoteError: an option's value is unknown, or a text has 2 GiB or more; the error names its row.
            ///     ImportError: `progress` without tqdm.
            #[pyo3(signature = (texts, *, nested = false, offsets = "codepoint", threads = None, progress = false))]
            fn batch(
                &self,
                texts: &Bound<'_, PyAny>,
                nested: bool,
                offsets: &str,
                threads: Option<&Bound<'_, PyAny>>,
                progress: bool,
            ) -> PyResult<$crate::python::table::Table> {
                let options = $crate::python::batch::Options { nested, offsets, threads, progress };
                $crate::python::batch::batch(self.reader(), texts, options)
            }
        }
    };
}
pub(super) use batched;

/// Reads a column into a table.
pub(super) fn batch(reader: Reader, texts: &Bound<'_, PyAny>, options: Options) -> PyResult<Table> {
    let py = texts.py();
    let plan = Arc::new(Plan { reader, nested: options.nested, unit: Unit::parse(options.offsets)? });
    let threads = threads(options.threads)?;
    let mut queue = Queue::new(Column::new(texts)?, CHUNK);
    let progress = Progress::start(texts, options.progress)?;
    let mut batches: Vec<RecordBatch> = Vec::new();

    let run = {
        let plan = Arc::clone(&plan);
        move |chunk: Chunk, go_on: &dyn Fn() -> bool| (chunk.len(), plan.read(&chunk, go_on))
    };
    if let Some(chunk) = queue.whole(py)? {
        batches.push(py.detach(|| plan.read(&chunk, || true)));
        progress.advance(chunk.len())?;
    } else {
        let mut workers = Workers::new(threads, run);
        while queue.keep_busy(py, &mut workers, &mut drop)? {
            if let Some((rows, batch)) = py.detach(|| workers.next(PATIENCE)) {
                batches.push(batch);
                progress.advance(rows)?;
            }
            py.check_signals()?;
        }
    }
    Ok(Table::new(plan.reader.kind(), plan.nested, batches))
}

/// How many threads the caller wants, or the environment, or the machine has cores.
fn threads(wanted: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    if let Some(wanted) = wanted {
        let number: Result<usize, _> = wanted.extract();
        return number.ok().filter(|&number| number > 0).ok_or_else(|| {
            wrong_type(format_args!("threads={wanted}"), "a whole number from 1, or None", wanted)
        });
    }
    match env::var(THREADS) {
        Ok(value) if !value.is_empty() => value.parse().map(NonZero::get).map_err(|_| {
            InvalidValueError::new_err(format!("{THREADS}={value:?} is not a whole number from 1"))
        }),
        _ => Ok(thread::available_parallelism().map_or(1, NonZero::get)),
    }
}

/// A column on its way to the workers.
struct Queue {
    column: Column,
    chunks: Chunks,
    limit: usize,
    ready: VecDeque<Chunk>,
    exhausted: bool,
}

impl Queue {
    fn new(column: Column, limit: usize) -> Self {
        Self { column, chunks: Chunks::new(limit), limit, ready: VecDeque::new(), exhausted: false }
    }

    /// The next chunk, if there is one. The strings that were read on the way go to `keep`.
    fn next(&mut self, py: Python<'_>, keep: &mut impl FnMut(Strings)) -> PyResult<Option<Chunk>> {
        while self.ready.is_empty() && !self.exhausted {
            if let Some(rows) = self.column.next(py, self.limit)? {
                keep(rows.strings);
                self.ready.extend(py.detach(|| self.chunks.push(rows.texts))?);
            } else {
                self.exhausted = true;
                self.ready.extend(self.chunks.finish());
            }
        }
        Ok(self.ready.pop_front())
    }

    /// The whole column, if it is no more than a chunk; threads would cost more than they spare.
    fn whole(&mut self, py: Python<'_>) -> PyResult<Option<Chunk>> {
        let first = self.next(py, &mut drop)?;
        if self.exhausted {
            return Ok(first);
        }
        if let Some(first) = first {
            self.ready.push_front(first);
        }
        Ok(None)
    }

    /// Hands chunks to the workers while they have room. Gives whether there is anything to wait for.
    fn keep_busy<R: Send + 'static>(
        &mut self,
        py: Python<'_>,
        workers: &mut Workers<Chunk, R>,
        keep: &mut impl FnMut(Strings),
    ) -> PyResult<bool> {
        while workers.have_room() {
            let Some(chunk) = self.next(py, keep)? else { break };
            workers.push(chunk)?;
        }
        Ok(workers.waiting() > 0)
    }
}

/// A bar that shows how many texts have been read, if one is wanted.
struct Progress<'py>(Option<Bound<'py, PyAny>>);

impl<'py> Progress<'py> {
    fn start(texts: &Bound<'py, PyAny>, wanted: bool) -> PyResult<Self> {
        let py = texts.py();
        if !wanted {
            return Ok(Self(None));
        }
        let options = PyDict::new(py);
        options.set_item("total", texts.len().ok())?;
        options.set_item("unit", "text")?;
        let bar = py.import("pullquote._extras")?.getattr("progress_bar")?.call((), Some(&options))?;
        Ok(Self(Some(bar)))
    }

    fn advance(&self, texts: usize) -> PyResult<()> {
        let Some(bar) = &self.0 else { return Ok(()) };
        bar.call_method1(intern!(bar.py(), "update"), (texts,)).map(drop)
    }
}

/// The bar is closed even where the work fails.
impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            // What a bar has against being closed must not hide why it is.
            let _ = bar.call_method0(intern!(bar.py(), "close"));
        }
    }
}

type Strings = Vec<Option<Py<PyString>>>;

/// What the core found in a chunk's texts; nothing where there is no text.
type Found = (Chunk, Vec<Option<Document>>);

/// The documents of a column, one after the other.
#[pyclass(module = "pullquote")]
pub(super) struct Documents(Mutex<Pipe>);

struct Pipe {
    pipeline: Arc<Pipeline>,
    queue: Queue,
    workers: Workers<Chunk, Found>,
    /// The caller's own strings for the rows that were read, where the column has strings.
    strings: VecDeque<Option<Py<PyString>>>,
    ready: VecDeque<Option<(Py<PyString>, Document)>>,
}

impl Pipe {
    fn next(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        while self.ready.is_empty() {
            let Self { queue, workers, strings, .. } = self;
            if !queue.keep_busy(py, workers, &mut |read| strings.extend(read))? {
                return Ok(None);
            }
            if let Some((chunk, documents)) = py.detach(|| workers.next(PATIENCE)) {
                self.take(py, &chunk, documents);
            }
            py.check_signals()?;
        }
        let Some(Some((string, document))) = self.ready.pop_front() else { return Ok(Some(py.None())) };
        let source = Source::of(string.bind(py))?;
        Ok(Some(Views::new(&source)?.document(document, &self.pipeline)?.into_any()))
    }

    /// Puts a chunk's documents with their strings: the caller's own, or those made from an Arrow array.
    fn take(&mut self, py: Python<'_>, chunk: &Chunk, documents: Vec<Option<Document>>) {
        for ((_, text), document) in chunk.texts().zip(documents) {
            let own = self.strings.pop_front().flatten();
            let string = text.map(|text| own.unwrap_or_else(|| PyString::new(py, &text).unbind()));
            self.ready.push_back(string.zip(document));
        }
    }
}

/// Reads a column into documents.
pub(super) fn pipe(
    pipeline: Arc<Pipeline>,
    texts: &Bound<'_, PyAny>,
    wanted: Option<&Bound<'_, PyAny>>,
) -> PyResult<Documents> {
    let reader = Arc::clone(&pipeline);
    let read = move |chunk: Chunk, go_on: &dyn Fn() -> bool| {
        let analyze = |text: &str| reader.analyze(&Text::new(text));
        let texts = chunk.texts().take_while(|_| go_on());
        let documents = texts.map(|(_, text)| text.as_deref().map(analyze)).collect();
        (chunk, documents)
    };
    let pipe = Pipe {
        pipeline,
        queue: Queue::new(Column::new(texts)?, SMALL_CHUNK),
        workers: Workers::new(threads(wanted)?, read),
        strings: VecDeque::new(),
        ready: VecDeque::new(),
    };
    Ok(Documents(Mutex::new(pipe)))
}

#[pymethods]
impl Documents {
    fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    /// The next document; None for a null.
    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).next(py)
    }
}
