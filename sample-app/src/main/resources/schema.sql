create table if not exists orders (
  id bigint generated always as identity primary key,
  customer varchar(100) not null,
  item varchar(100) not null,
  quantity integer not null,
  created_at timestamp with time zone not null default now()
);
