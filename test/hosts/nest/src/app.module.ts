import { Controller, Get, Header, Module } from '@nestjs/common';
import { page } from './page';

@Controller()
class PageController {
  @Get()
  @Header('content-type', 'text/html')
  page(): string {
    return page;
  }
}

@Module({ controllers: [PageController] })
export class AppModule {}
