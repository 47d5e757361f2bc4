// Sorts and filters the page's tables; without it they stand as written. Texts only ever enter by textContent.
(function () {
  'use strict';
  var fold = function (text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  };
  var french = new Intl.Collator('fr', {numeric: true});
  var group = function (digits) {
    return digits.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  };
  var write = function (value, amount) {
    var size = Math.abs(value), sign = value < 0 ? '-' : '';
    if (!amount) return sign + group(String(size));
    return sign + group(String(Math.floor(size / 100))) + ',' + String(size % 100).padStart(2, '0') + '\u00a0€';
  };
  var make = function (name, text, parent) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  };

  // a long table begins with its first rows; the others are a button away, and print
  var phone = window.matchMedia('(max-width:44rem)');
  var most = function () { return phone.matches ? 8 : 30; };

  var prepare = function (table) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var head = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var tools = make('div');
    var search, output, choices = [];
    var texts = rows.map(function (row) { return fold(row.textContent); });

    var more = make('button');
    var foldUp = function () {
      var shown = 0, later = 0;
      Array.prototype.forEach.call(body.rows, function (row) {
        shown += !row.hidden;
        row.classList.toggle('later', !row.hidden && shown > most());
        later += row.classList.contains('later');
      });
      more.hidden = later === 0 || table.classList.contains('whole');
      more.textContent = later > 1 ? 'Afficher les ' + write(later) + ' lignes suivantes' : 'Afficher la ligne suivante';
    };

    var sortBy = function (column) {
      var cell = head[column], up = cell.getAttribute('aria-sort') !== 'ascending';
      head.forEach(function (other) { other.removeAttribute('aria-sort'); });
      cell.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      rows.map(function (row, index) {
        var at = row.cells[column], value = at.dataset.v;
        return {row: row, index: index, empty: at.textContent === '', value: value === undefined ? at.textContent : Number(value)};
      }).sort(function (a, b) {
        if (a.empty !== b.empty) return a.empty ? 1 : -1;
        var order = typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value
          : french.compare(String(a.value), String(b.value));
        return (up ? order : -order) || a.index - b.index;
      }).forEach(function (item) { body.appendChild(item.row); });
      foldUp();
    };

    var sums = function () {
      if (!table.tFoot) return;
      head.forEach(function (cell, column) {
        if (!cell.dataset.sum) return;
        var total = 0;
        rows.forEach(function (row) { if (!row.hidden) total += Number(row.cells[column].dataset.v || 0); });
        table.tFoot.rows[0].cells[column].textContent = write(total, cell.className === 'a');
      });
    };

    var filter = function () {
      var words = fold(search.value).split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row, index) {
        var fits = words.every(function (word) { return texts[index].indexOf(word) >= 0; }) &&
          choices.every(function (choice) {
            return choice.select.value === '' || row.cells[choice.column].textContent === choice.values[choice.select.value];
          });
        row.hidden = !fits;
        shown += fits;
      });
      output.textContent = shown === rows.length ? write(shown) + (shown > 1 ? ' lignes' : ' ligne')
        : write(shown) + ' sur ' + write(rows.length) + ' lignes';
      sums();
      foldUp();
    };

    head.forEach(function (cell, column) {
      if (cell.className === 'p') return;
      var title = cell.textContent;
      var button = make('button', '', cell);
      button.type = 'button';
      button.setAttribute('aria-label', 'Trier par ' + title);
      cell.addEventListener('click', function () { sortBy(column); });
      if (!cell.dataset.choose) return;
      var values = Array.from(new Set(rows.map(function (row) { return row.cells[column].textContent; })))
        .filter(Boolean).sort(french.compare);
      if (values.length < 2 || values.length > 200) return;
      var select = make('select', '', make('label', title));
      make('option', 'Toutes les valeurs', select).value = '';
      values.forEach(function (value, index) { make('option', value, select).value = String(index); });
      select.addEventListener('change', filter);
      choices.push({column: column, select: select, values: values});
    });

    tools.className = 'tools';
    search = make('input', '', make('label', 'Chercher', tools));
    search.type = 'search';
    search.addEventListener('input', filter);
    choices.forEach(function (choice) { tools.appendChild(choice.select.parentNode); });
    var reset = make('button', 'Tout montrer', tools);
    reset.type = 'button';
    reset.addEventListener('click', function () {
      search.value = '';
      choices.forEach(function (choice) { choice.select.value = ''; });
      filter();
    });
    output = make('output', '', tools);
    output.setAttribute('aria-live', 'polite');
    table.parentNode.parentNode.insertBefore(tools, table.parentNode);
    more.type = 'button';
    more.className = 'more';
    more.addEventListener('click', function () {
      table.classList.add('whole');
      foldUp();
    });
    table.parentNode.parentNode.insertBefore(more, table.parentNode.nextSibling);
    phone.addEventListener('change', foldUp);
    table.search = function (text) { reset.click(); search.value = text; filter(); };
    filter();
  };

  document.querySelectorAll('table.data').forEach(prepare);

  // a commune of the map leads to its lines
  document.querySelectorAll('#map a').forEach(function (link) {
    link.addEventListener('click', function () {
      var target = document.querySelector(link.getAttribute('href'));
      if (target && target.search) target.search(link.dataset.q);
    });
  });
  // what is folded away prints too
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (part) { part.open = true; });
  });
})();
